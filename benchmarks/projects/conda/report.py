import pandas

frame = pandas.DataFrame({"model": list("aabb"), "score": [0.5, 0.7, 0.6, 0.9]})
print(frame.groupby("model").score.mean())
