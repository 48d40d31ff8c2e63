FROM python:3.11-slim-bookworm
ENV PYTHONUNBUFFERED=1 PIP_DISABLE_PIP_VERSION_CHECK=1 KB_HOME=/data
# Programs that read Word 97 files and scans, 450 MB; an empty PROGRAMS leaves them out (docs/operating.md).
ARG PROGRAMS="libreoffice-writer-nogui libreoffice-impress-nogui tesseract-ocr tesseract-ocr-kir tesseract-ocr-rus fonts-liberation"
RUN if [ -n "$PROGRAMS" ]; then \
      apt-get update -q && apt-get install -y -q --no-install-recommends $PROGRAMS && rm -rf /var/lib/apt/lists/*; \
    fi
WORKDIR /app
COPY requirements.lock ./
RUN pip install --no-cache-dir --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY kb ./kb
RUN pip install --no-cache-dir --no-deps --no-build-isolation . \
 && useradd --uid 10001 --home-dir /data --no-create-home kb \
 && install -d -o kb -g kb /data
COPY corpus ./corpus
USER kb
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=2)"]
CMD ["sh", "-c", "kb ingest /app/corpus; exec kb serve --host 0.0.0.0 --port 8000"]
