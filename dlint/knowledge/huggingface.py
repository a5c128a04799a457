"""Settings of the Hugging Face libraries that have been renamed or are read no more, and who reads them.

Sources: transformers 5.23 and huggingface_hub 2.4.0 (their code, 2026-11); the release notes of
huggingface_hub 1.0 (2025-10), which transformers 5 needs.
"""


class Renamed:
    """An old setting: what takes its place, why, and whether it is still read.

    *covers* are settings beside which the old one does no harm.
    """

    __slots__ = ("covers", "is_read", "new", "why")

    def __init__(self, new: str, why: str, covers: tuple[str, ...], *, is_read: bool = False) -> None:
        self.new = new
        self.why = why
        self.covers = covers
        self.is_read = is_read


_CACHE = "transformers 5 does not read it, so models go to ~/.cache/huggingface"
_CACHES = ("HF_HOME", "HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE")
RENAMED: dict[str, Renamed] = {
    "TRANSFORMERS_CACHE": Renamed("HF_HUB_CACHE", _CACHE, _CACHES),
    "PYTORCH_TRANSFORMERS_CACHE": Renamed("HF_HUB_CACHE", _CACHE, (*_CACHES, "TRANSFORMERS_CACHE")),
    "PYTORCH_PRETRAINED_BERT_CACHE": Renamed("HF_HUB_CACHE", _CACHE, (*_CACHES, "TRANSFORMERS_CACHE")),
    "TRANSFORMERS_OFFLINE": Renamed(
        "HF_HUB_OFFLINE", "transformers 5 does not read it, so every start asks the Hub", ("HF_HUB_OFFLINE",)
    ),
    "HF_HUB_ENABLE_HF_TRANSFER": Renamed(
        "HF_XET_HIGH_PERFORMANCE", "it has had no effect since huggingface_hub 1.0", ("HF_XET_HIGH_PERFORMANCE",)
    ),
    "HUGGINGFACE_HUB_CACHE": Renamed("HF_HUB_CACHE", "it is the old name", ("HF_HUB_CACHE",), is_read=True),
}
# Settings that are paths; the others are switches.
PATHS = frozenset({name for name in RENAMED if name.endswith("CACHE")})

# The first release of each that reads the new settings only.
FIRST_NEW = {"transformers": (5,), "huggingface-hub": (1,)}
# Packages that load models through these libraries, and ask for some releases of them.
HUB_USERS = frozenset({
    "transformers", "huggingface-hub", "sentence-transformers", "diffusers", "peft", "trl", "accelerate", "datasets",
    "vllm", "sglang", "optimum", "setfit", "flagembedding", "faster-whisper", "tokenizers", "bertopic", "keybert",
    "text-generation", "unsloth", "llama-index-embeddings-huggingface", "langchain-huggingface", "gliner", "chromadb",
    "auto-gptq", "autoawq", "whisperx", "parler-tts", "tts", "coqui-tts", "docling", "haystack-ai",
    "instructorembedding",
})  # fmt: skip
# Of these, the ones that surely load models from the Hub when they are used.
MODEL_LOADERS = HUB_USERS - {"chromadb", "tokenizers", "accelerate", "datasets", "haystack-ai", "huggingface-hub"}
