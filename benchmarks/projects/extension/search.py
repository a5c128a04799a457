import hnswlib
import numpy

data = numpy.random.default_rng(1).random((1000, 16), dtype=numpy.float32)
index = hnswlib.Index(space="l2", dim=16)
index.init_index(max_elements=1000, ef_construction=100, M=16, random_seed=1)
index.add_items(data, num_threads=1)
labels, distances = index.knn_query(data[:3], k=2)
print(labels.tolist())
