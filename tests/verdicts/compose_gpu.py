"""GPUs that services of compose files ask for, share, divide, or do without."""

_INVALID = "gpu-reservation-invalid"
VLLM = "vllm/vllm-openai:v0.27.1"
GPUS = "    gpus: all\n"
ONE = "    gpus:\n      - count: 1\n"


def services(*texts):
    """Return a compose file of services, whose names are a, b, …; each text is the first key, or lines of keys."""
    found = "services:\n"
    for name, text in zip("abcdef", texts, strict=False):
        body = text if text.startswith("    ") else f"    image: {text}\n"
        found += f"  {name}:\n{body}"
    return found


def reserve(*lines, key="devices"):
    """Return a reservation of devices with these lines."""
    body = "".join(f"              {line}\n" for line in lines)
    return f"    deploy:\n      resources:\n        reservations:\n          {key}:\n            -\n{body}"


def vllm(more="", keys=GPUS):
    """Return a service that runs vLLM."""
    return f"    image: {VLLM}\n    command: --model Qwen/Qwen3-8B{more}\n{keys}"


def torchrun(options, keys=GPUS):
    """Return a service that runs torchrun."""
    return f"    image: registry.example.com/t:1\n    command: torchrun {options} t.py\n{keys}"


def ranked(rank, address, keys=""):
    """Return a service that is one process of two."""
    variables = f"      MASTER_ADDR: {address}\n      RANK: '{rank}'\n      WORLD_SIZE: '2'\n"
    return f"    image: registry.example.com/t:1\n    command: python t.py\n    environment:\n{variables}{keys}"


REPORTED = [
    (_INVALID, services("    image: a:1\n" + reserve("driver: nvidia", "count: 1")), None),
    (_INVALID, services("    image: a:1\n" + reserve("count: many", "capabilities: [gpu]")), None),
    (_INVALID, services("    image: a:1\n" + reserve("count: 1", 'device_ids: ["0"]', "capabilities: [gpu]")), None),
    ("gpu-not-requested", services(VLLM), f"a gets no GPU, and needs one: {VLLM} is an image for GPUs"),
    ("gpu-not-requested", services("lmsysorg/sglang:v0.5.2"), None),
    ("gpu-not-requested", services("ghcr.io/huggingface/text-generation-inference:3.3.5"), None),
    ("gpu-not-requested", services("ghcr.io/huggingface/text-embeddings-inference:1.8"), None),
    ("gpu-not-requested", services("tensorflow/tensorflow:2.20.0-gpu-jupyter"), None),
    ("gpu-not-requested", services("    image: registry.example.com/x:1\n    command: python t.py --device cuda\n"), None),
    ("gpu-not-requested", services("    image: registry.example.com/x:1\n    command: serve --gpu-memory-utilization 0.8\n"), None),
    ("gpu-not-requested", services("    image: nvcr.io/nvidia/pytorch:25.06-py3\n    devices: [/dev/snd]\n"), None),
    ("gpu-not-requested", services("    image: postgres:17\n", VLLM), None),
    ("gpu-not-requested", services("    image: python:3.13-slim\n    runtime: nvidia\n"),
     ("runtime: nvidia gives the GPUs that NVIDIA_VISIBLE_DEVICES names, and neither a nor its image sets it: "
     "the container gets none")),
    ("parallelism-exceeds-gpus", services(vllm(" -tp 2 -pp 2", ONE)),
     "-tp 2 and -pp 2 take 4 GPUs, and a gets 1: vllm does not start"),
    ("parallelism-exceeds-gpus", services(vllm(" --tensor_parallel_size=2", ONE)), None),
    ("parallelism-exceeds-gpus", services(vllm(" -tp 2", reserve("count: 1", "capabilities: [gpu]"))), None),
    ("parallelism-exceeds-gpus", services(vllm(" -tp 3", reserve("device_ids: ['0', '1']", "capabilities: [gpu]"))), None),
    ("parallelism-exceeds-gpus", services(vllm(" -tp 3", "    devices: [nvidia.com/gpu=0, nvidia.com/gpu=1]\n")), None),
    ("parallelism-exceeds-gpus", services(vllm(" -dp 2", ONE)), None),
    ("parallelism-exceeds-gpus", services(vllm(" -tp 1", "    gpus: [{count: 2}]\n")),
     "-tp 1 takes 1 GPU of the 2 that a gets: 1 is idle"),
    ("parallelism-exceeds-gpus", services(torchrun("--nnodes 2 --nproc-per-node 4", "    gpus: [{count: 2}]\n")),
     "--nproc-per-node 4 takes 4 GPUs, and a gets 2: 2 of the processes find none"),
    ("parallelism-exceeds-gpus", services("    image: ghcr.io/huggingface/text-generation-inference:3.3.5\n    command: --model-id x --num-shard 2\n" + ONE), None),
    ("parallelism-exceeds-gpus", services("    image: ghcr.io/huggingface/text-generation-inference:3.3.5\n    environment: [NUM_SHARD=2]\n" + ONE), None),
    ("parallelism-exceeds-gpus", services("    image: registry.example.com/t:1\n    command: accelerate launch --num_processes 4 t.py\n" + ONE), None),
    ("parallelism-exceeds-gpus", services("    image: registry.example.com/t:1\n    command: deepspeed --num_gpus=4 t.py\n" + ONE), None),
    ("parallelism-exceeds-gpus", services(vllm(" -tp 2", ONE + "    runtime: nvidia\n")), None),
    ("gpu-shared-implicitly", services(vllm("", ONE + "    runtime: nvidia\n"), vllm("", ONE)), None),
    ("gpu-not-requested", services(vllm("", "    ipc: host\n"), "qdrant/qdrant:v1.16"), None),
    ("shm-size-default", services(torchrun("--nproc_per_node 2")),
     "a has the 64 MB of /dev/shm that Docker gives for tensors that processes share: torchrun runs with --nproc_per_node 2"),
    ("shm-size-default", services(torchrun("", ONE)), None),
    ("shm-size-default", services("    image: registry.example.com/t:1\n    command: python finetune.py\n    runtime: nvidia\n    environment: [NVIDIA_VISIBLE_DEVICES=all]\n"), None),
    ("shm-size-default", services("    image: rocm/pytorch:latest\n    command: python train.py\n    devices: [/dev/kfd, /dev/dri]\n"), None),
    ("shm-size-default", services(vllm(" -tp 2", "    gpus: [{count: 2}]\n    mem_limit: 6g\n")), None),
    ("shm-size-default", services("    image: postgres:17\n    shm_size: 1g\n    mem_limit: 512m\n"),
     "/dev/shm of a may grow to 1g, and counts against the memory limit of 512m: the container is killed before it is full"),
    ("gpu-shared-implicitly", services(vllm(), vllm()),
     "a and b both get all GPUs, and a takes 90 % of the memory when it starts"),
    ("gpu-shared-implicitly", services(vllm(), vllm(), vllm()), None),
    ("gpu-shared-implicitly", services(vllm(" --gpu-memory-utilization 0.5"), vllm()),
     "a and b both get all GPUs, and b takes 90 % of the memory when it starts"),
    ("gpu-shared-implicitly", services(vllm("", ONE), vllm("", ONE)), None),
    ("gpu-shared-implicitly", services(vllm("", "    gpus: [{device_ids: ['1']}]\n"), vllm("", "    gpus: [{device_ids: ['0', '1']}]\n")),
     "a and b both get GPU 1, and a takes 90 % of the memory when it starts"),
    ("gpu-shared-implicitly", services(vllm(), "    image: ollama/ollama:0.13.0\n" + GPUS), None),
    ("rendezvous-localhost", services(ranked(0, "a"), ranked(1, "localhost")),
     "b looks for the others of its job at localhost (MASTER_ADDR), which is its own container: a cannot be reached there"),
    ("rendezvous-localhost", services(ranked(0, "localhost"), ranked(1, "127.0.0.1")), None),
    ("rendezvous-localhost", services(torchrun("--nnodes=1:4 --rdzv-endpoint localhost:29400", "    scale: 3\n")), None),
    ("rendezvous-localhost", services("    image: rayproject/ray:2.52.0\n    command: ray start --head --block\n", "    image: registry.example.com/x:1\n    environment:\n      RAY_ADDRESS: ray://localhost:10001\n"), None),
    ("rendezvous-localhost", services("    image: x\n    command: dask-scheduler\n", "    image: x\n    environment: [DASK_SCHEDULER_ADDRESS=tcp://127.0.0.1:8786]\n"), None),
    ("rendezvous-localhost", services(
        torchrun("--nnodes 2 --node-rank 0 --master-addr a --master-port 29500"),
        torchrun("--nnodes 2 --node-rank 1 --master-addr a --master-port 29501"),
    ), "b looks for a at port 29501, and that one listens at 29500"),
]  # fmt: skip

ADVICE = [
    ("shm-size-default", services(vllm(" -tp 2", "    gpus: [{count: 2}]\n    mem_limit: 6g\n")),
     "set shm_size: 3gb, and for NCCL ulimits: {memlock: -1, stack: 67108864}"),
    ("shm-size-default", services(torchrun("", ONE + "    mem_limit: 512m\n")), "set shm_size: 256mb"),
    ("shm-size-default", services(torchrun("", GPUS + "    ulimits: {memlock: -1}\n")), "set shm_size: 8gb"),
    ("gpu-not-requested", services("rocm/vllm:rocm6.4.1_vllm_0.9.1"),
     "give it the devices of the host's GPUs: devices: [/dev/kfd, /dev/dri]"),
    ("parallelism-exceeds-gpus", services(vllm(" -tp 4", ONE)), "reserve 4 GPUs, or set -tp to 1"),
]  # fmt: skip

SILENT = [
    (_INVALID, services("    image: a:1\n" + reserve("driver: nvidia", "count: all", "capabilities: [gpu]"))),
    (_INVALID, services("    image: a:1\n" + reserve("count: 2", "capabilities: [gpu, utility]"))),
    (_INVALID, services("    image: a:1\n" + reserve('device_ids: ["0", "GPU-1"]', "capabilities: [gpu]"))),
    (_INVALID, services("    image: a:1\n" + reserve("count: ${N}", "capabilities: [gpu]"))),
    (_INVALID, services("    image: a:1\n" + reserve("driver: cdi", "device_ids: [nvidia.com/gpu=all]", "capabilities: [gpu]"))),
    (_INVALID, services("    image: a:1\n    gpus: all\n")),
    (_INVALID, services("    image: a:1\n" + ONE)),
    # One is given, or may be.
    ("gpu-not-requested", services(vllm())),
    ("gpu-not-requested", services(vllm("", ONE))),
    ("gpu-not-requested", services(vllm("", reserve("capabilities: [gpu]")))),
    ("gpu-not-requested", services(vllm("", reserve("driver: nvidia")))),
    ("gpu-not-requested", services(vllm("", "    gpus: ${GPUS}\n"))),
    ("gpu-not-requested", services(vllm("", "    runtime: nvidia\n"))),
    ("gpu-not-requested", services(vllm("", "    runtime: ${RUNTIME}\n"))),
    ("gpu-not-requested", services(vllm("", "    devices: [nvidia.com/gpu=all]\n"))),
    ("gpu-not-requested", services(vllm("", "    devices: ['${DEVICE}']\n"))),
    ("gpu-not-requested", services(vllm("", "    privileged: true\n"))),
    ("gpu-not-requested", services(vllm("", "    environment: [NVIDIA_VISIBLE_DEVICES=all]\n"))),
    ("gpu-not-requested", services(vllm("", "    extends: {file: gpu.yaml, service: gpu}\n"))),
    ("gpu-not-requested", services("    image: rocm/vllm:latest\n    devices: [/dev/kfd, /dev/dri]\n")),
    ("gpu-not-requested", services("nvcr.io/nvidia/l4t-pytorch:r35.2.1-pth2.0-py3")),
    # Another service runs the same image with one.
    ("gpu-not-requested", services(vllm(), vllm("", ""))),
    # It does without.
    ("gpu-not-requested", services("ollama/ollama:0.13.0", "localai/localai:v3.8.0", "ghcr.io/ggml-org/llama.cpp:server")),
    ("gpu-not-requested", services("vllm/vllm-openai:latest-cpu", "ghcr.io/huggingface/text-generation-inference:3.3.5-intel-cpu")),
    ("gpu-not-requested", services("    image: pytorch/pytorch:latest\n    environment: {DEVICE: cpu}\n    command: python x.py cpu\n")),
    ("gpu-not-requested", services("    image: pytorch/pytorch:latest\n    environment: {CUDA_VISIBLE_DEVICES: ''}\n")),
    ("gpu-not-requested", services("    image: registry.example.com/x:1\n    command: llama-server -ngl 0\n")),
    ("gpu-not-requested", services("python:3.13-slim", "postgres:17", "registry.example.com/app:1")),
    ("gpu-not-requested", services("${IMAGE}")),
    ("gpu-not-requested", services("    image: nvidia/cuda:12.8.1-base-ubuntu24.04\n    runtime: nvidia\n")),
    ("gpu-not-requested", services("    image: registry.example.com/x:1\n    runtime: nvidia\n")),
    ("gpu-not-requested", services("    image: python:3.13-slim\n    runtime: nvidia\n    env_file: .env\n")),
    ("gpu-not-requested", services("    image: python:3.13-slim\n    runtime: runc\n")),
    ("parallelism-exceeds-gpus", services(vllm(" -tp 2", "    gpus: [{count: 2}]\n"))),
    ("parallelism-exceeds-gpus", services(vllm(" -tp 2", ""))),
    ("parallelism-exceeds-gpus", services(vllm(" -tp 2"))),
    ("parallelism-exceeds-gpus", services(vllm("", ONE))),
    ("parallelism-exceeds-gpus", services(vllm(" -tp ${N}", ONE))),
    ("parallelism-exceeds-gpus", services(vllm(" -tp 2", ONE + "    runtime: nvidia\n    environment: [NVIDIA_VISIBLE_DEVICES=all]\n"))),
    ("gpu-shared-implicitly", services(vllm("", ONE + "    runtime: nvidia\n    environment: [NVIDIA_VISIBLE_DEVICES=1]\n"), vllm("", ONE))),
    ("parallelism-exceeds-gpus", services(vllm(" -tp 8", "    gpus: [{count: '${N}'}]\n"))),
    ("parallelism-exceeds-gpus", services(vllm(" -tp 8 --distributed-executor-backend ray", ONE))),
    ("parallelism-exceeds-gpus", services(vllm(" -tp 8 --config c.yaml", ONE))),
    ("parallelism-exceeds-gpus", services(vllm(" -tp 8", "    gpus: [{count: 4}, {count: 4}]\n"))),
    ("parallelism-exceeds-gpus", services("    image: lmsysorg/sglang:v0.5.2\n    command: python3 -m sglang.launch_server --tp 16 --nnodes 2\n" + ONE)),
    ("parallelism-exceeds-gpus", services("    image: lmsysorg/sglang:v0.5.2\n    command: python3 -m sglang.launch_server --tp 2 --dp 2 --enable-dp-attention\n    gpus: [{count: 2}]\n")),
    ("parallelism-exceeds-gpus", services("    image: x\n    command: bash -c 'ray start --head && vllm serve x -tp 16'\n" + ONE)),
    ("parallelism-exceeds-gpus", services(torchrun("--nproc_per_node auto", ONE))),
    ("parallelism-exceeds-gpus", services("    image: x\n    command: accelerate launch --num_processes 8 --num_machines 2 t.py\n    gpus: [{count: 4}]\n")),
    ("parallelism-exceeds-gpus", services("    image: x\n    command: accelerate launch --cpu --num_processes 8 t.py\n" + ONE)),
    ("shm-size-default", services(torchrun("", ""))),
    ("shm-size-default", services(torchrun("", GPUS + "    ipc: service:b\n"))),
    ("shm-size-default", services(torchrun("", GPUS + "    shm_size: 64m\n"))),
    ("shm-size-default", services(torchrun("", GPUS + "    volumes: [/dev/shm:/dev/shm]\n"))),
    ("shm-size-default", services(torchrun("", GPUS + "    volumes: ['${MOUNT}']\n"))),
    ("shm-size-default", services(torchrun("", GPUS + "    tmpfs: ['/dev/shm']\n"))),
    ("shm-size-default", services(vllm(" -tp 1"), vllm())),
    ("shm-size-default", services("    image: ghcr.io/huggingface/text-generation-inference:3.3.5\n    command: --model-id x\n" + ONE)),
    ("shm-size-default", services("    image: tensorflow/tensorflow:2.20.0-gpu\n    command: python train.py\n" + GPUS)),
    ("shm-size-default", services("    image: x\n    command: python train.py --num-workers=0\n" + GPUS)),
    ("shm-size-default", services("    image: nvcr.io/nvidia/tritonserver:25.06-py3\n" + GPUS)),
    ("shm-size-default", services("    image: postgres:17\n    shm_size: 128mb\n    mem_limit: 512m\n")),
    ("shm-size-default", services("    image: postgres:17\n    shm_size: ${SHM}\n    mem_limit: 512m\n")),
    ("gpu-shared-implicitly", services(vllm(" --gpu-memory-utilization 0.5"), vllm(" --gpu-memory-utilization=0.4"))),
    ("gpu-shared-implicitly", services(vllm(), "    image: postgres:17\n")),
    ("gpu-shared-implicitly", services(vllm("", "    gpus: [{device_ids: ['0']}]\n"), vllm("", "    gpus: [{device_ids: ['1']}]\n"))),
    ("gpu-shared-implicitly", services(vllm("", GPUS + "    profiles: [x]\n"), vllm("", GPUS + "    profiles: [y]\n"))),
    ("gpu-shared-implicitly", services(vllm("", GPUS + "    profiles: [x]\n"), vllm())),
    ("gpu-shared-implicitly", services(vllm("", GPUS + "    ports: ['8000:8000']\n"), vllm("", GPUS + "    ports: ['8000:8000']\n"))),
    ("gpu-shared-implicitly", services(vllm(), torchrun("")) ),
    ("gpu-shared-implicitly", services(vllm(), vllm("", GPUS + "    environment: [CUDA_VISIBLE_DEVICES=1]\n"))),
    ("gpu-shared-implicitly", services(vllm("", "    gpus: [{count: '${N}'}]\n"), vllm("", "    gpus: [{count: '${N}'}]\n"))),
    ("gpu-shared-implicitly", services(vllm(), "    image: registry.example.com/x:1\n" + GPUS)),
    ("rendezvous-localhost", services(ranked(0, "a"), ranked(1, "a"))),
    ("rendezvous-localhost", services(ranked(0, "localhost"), ranked(1, "a"))),
    ("rendezvous-localhost", services(ranked(0, "localhost"), ranked(1, "${MASTER}"))),
    ("rendezvous-localhost", services(ranked(1, "localhost"))),
    ("rendezvous-localhost", services(ranked(0, "localhost", "    network_mode: host\n"), ranked(1, "localhost", "    network_mode: host\n"))),
    ("rendezvous-localhost", services(ranked(0, "localhost"), ranked(1, "localhost", "    network_mode: service:a\n"))),
    ("rendezvous-localhost", services(torchrun("--nnodes 1 --master_addr localhost"), torchrun("--nnodes 1 --master_addr localhost"))),
    ("rendezvous-localhost", services(torchrun("--standalone --nproc_per_node 2"))),
    ("rendezvous-localhost", services("    image: x\n    environment: [RAY_ADDRESS=ray://localhost:10001]\n")),
    ("rendezvous-localhost", services("    image: x\n    command: ray start --head\n", "    image: x\n    command: ray start --address=a:6379\n")),
    ("rendezvous-localhost", services("    image: x\n    command: dask-scheduler\n", "    image: x\n    command: dask-worker $SCHEDULER\n")),
]  # fmt: skip
