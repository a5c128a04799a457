"""Verdicts on whole images as they are written for the usual servers, platforms and tools."""

UVICORN = 'CMD ["uvicorn", "app:app", "--port", "8000"]\n'
ADAPTER = "COPY --from=public.ecr.aws/awsguru/aws-lambda-adapter:0.9.1 /lambda-adapter /opt/extensions/lambda-adapter\n"
SMALL = "FROM ghcr.io/huggingface/text-embeddings-inference:cpu-1.8\n"
NEWER = "FROM python:3.13-slim\nRUN apt-get update && apt-get install -y "
OLDER = "FROM python:3.13-slim-bookworm\nRUN apt-get update && apt-get install -y "

SILENT = [
    # The adapter of AWS Lambda asks from inside of the container.
    ("server-unreachable", ADAPTER + "EXPOSE 8000\n" + UVICORN),
    ("healthcheck-missing", ADAPTER + UVICORN),
    # A model for embeddings is loaded in seconds.
    ("healthcheck-start-period-short", SMALL + "HEALTHCHECK CMD curl -f http://localhost:80/health\n"),
    # Packages that this release still has, or that another source may bring.
    ("removed-apt-package", OLDER + "software-properties-common openjdk-17-jre-headless libatlas-base-dev\n"),
    ("removed-apt-package", NEWER + "netcat-openbsd openjdk-21-jre-headless libopenblas-dev\n"),
    ("removed-apt-package", "FROM ubuntu:24.04\nRUN apt-get update && apt-get install -y software-properties-common openjdk-17-jdk openjdk-11-jdk\n"),
    ("removed-apt-package", "FROM ubuntu:22.04\nRUN apt-get update && apt-get install -y netcat python3-distutils\n"),
    ("removed-apt-package", NEWER + "software-properties-common && add-apt-repository ppa:deadsnakes/ppa\n"),
    ("removed-apt-package", "RUN apt-get install -y libgl1-mesa-glx || apt-get install -y libgl1\n"),
    ("removed-apt-package", "RUN apt-get update && (apt-get install -y netcat || apt-get install -y netcat-openbsd)\n"),
    ("ambiguous-extra-index", "RUN pip install a==1 --extra-index-url https://u:$(cat /run/secrets/t)@pypi.nvidia.com/simple b\n"),
    # Only newer releases of these ask for OpenCV and ONNX Runtime, or ask for another build.
    ("missing-system-library", "RUN pip install insightface==0.7.3 onnx==1.17.0\n"),
    ("conflicting-distributions", "RUN pip install onnxruntime-gpu==1.22.0 insightface==0.7.3\n"),
    ("conflicting-distributions", "RUN pip install opencv-python==4.12.0.88 deepface==0.0.93\n"),
    # The library has a folder of its own.
    ("hf-cache-not-writable", "RUN pip install sentence-transformers==5.1.2\nENV SENTENCE_TRANSFORMERS_HOME=/data\nUSER 1000\nCMD python app.py\n"),
    # One finding about a variable of the same ENV is enough.
    ("undefined-variable env-refers-to-itself", "ENV CUDA=12.4 SHORT=${CUDA%.*}\n"),
    # The maker of the runtime has the name on PyPI too.
    ("ambiguous-extra-index", "RUN pip install onnxruntime-gpu==1.18.0 --extra-index-url https://aiinfra.pkgs.visualstudio.com/PublicPackages/_packaging/onnxruntime-cuda-11/pypi/simple/\n"),
]  # fmt: skip

REPORTED = [
    ("server-unreachable", "EXPOSE 8000\n" + UVICORN, None),
    ("removed-apt-package", NEWER + "build-essential curl software-properties-common git\n", "Debian 13 has no package software-properties-common"),
    ("removed-apt-package", NEWER + "openjdk-17-jre-headless\n", None),
    ("removed-apt-package", OLDER + "openjdk-11-jre-headless\n", None),
    ("removed-apt-package", "FROM ubuntu:24.04\nRUN apt-get update && apt-get install -y netcat\n", None),
    ("removed-apt-package", NEWER + "libatlas-base-dev\n", None),
    ("deprecated-distribution", "RUN pip install sklearn==0.0\n", None),
    ("deprecated-distribution", "RUN pip install sklearn==0.0.post12\n", None),
    ("removed-apt-package", "ARG GL=1\nRUN if [ $GL = 1 ]; then apt-get install -y libgl1-mesa-glx; fi\n", None),
    ("missing-system-library", "RUN pip install opencv-python==4.12.0.88\nCMD python app.py\n", None),
    ("ambiguous-extra-index", "RUN pip install b --extra-index-url https://u:$(cat /run/secrets/t)@pypi.acme.com/simple\n", "whoever registers a name of pypi.acme.com on PyPI with a higher version gets installed instead"),
    ("env-refers-to-itself", "ENV CUDA=12.4 SHORT=${CUDA%.*}\n", None),
    ("undefined-variable", "ENV SHORT=${CUDA%.*} LONG=1\n", None),
    ("ambiguous-extra-index", "RUN pip install acme-lib==1.0 --extra-index-url https://pkgs.dev.azure.com/acme/_packaging/ml/pypi/simple/\n", None),
]  # fmt: skip
