import numpy
from sklearn.linear_model import LinearRegression

weights = numpy.fromfile("weights.bin", dtype="float32")
model = LinearRegression().fit(numpy.arange(6).reshape(-1, 1), numpy.arange(6) * 2)
print(len(weights), float(weights[:10].sum()), model.predict([[4]]).round(3).tolist())
