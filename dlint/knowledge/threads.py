"""How numerical libraries are told how many threads to start.

Under a CPU quota they see every processor of the host. Sources: the libraries' documentation; ollama#17916
(0.27 tokens a second instead of 12.07 with 8 threads on a quota of 4), onyx#12351 (192 threads on 8 processors,
throttled in 95 % of the periods), kserve#1031.
"""

THREAD_VARIABLES = frozenset({
    "OMP_NUM_THREADS", "OMP_THREAD_LIMIT", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMEXPR_NUM_THREADS",
    "NUMEXPR_MAX_THREADS", "VECLIB_MAXIMUM_THREADS", "TORCH_NUM_THREADS", "TF_NUM_INTRAOP_THREADS",
    "TF_NUM_INTEROP_THREADS", "RAYON_NUM_THREADS", "LLAMA_ARG_THREADS", "LOCALAI_THREADS", "THREADS",
    "VLLM_CPU_OMP_THREADS_BIND", "LOKY_MAX_CPU_COUNT", "ORT_NUM_THREADS", "NUM_THREADS", "KMP_AFFINITY",
    "GOMP_CPU_AFFINITY", "OMP_PLACES", "CPU_THREADS", "WHISPER_THREADS", "XNNPACK_NUM_THREADS",
})  # fmt: skip

# Servers that read the quota, or set a number of their own (labels of knowledge.compose_services).
CAPPED_IMAGES = frozenset({"vLLM", "SGLang", "TGI", "TEI", "Triton"})

# Of the frameworks in knowledge.packages those that say little about how much is computed.
NOT_HEAVY = frozenset({"numpy", "pandas", "scipy", "datasets", "mlflow", "triton", "ray"})
