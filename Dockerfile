# The worker as an image; Railway and Render build it from this file alone.
#
#   docker build --tag report-worker .
#   docker run --env-file .env --publish 8000:8000 --volume report-data:/data report-worker
#
# It is reached from outside only when WORKER_SECRET is set: without, it listens to its own loopback address alone.

# As in rust-toolchain.toml; a test holds the two together.
ARG RUST_VERSION=1.95.0

FROM rust:${RUST_VERSION}-slim-trixie AS chef
ARG RUST_VERSION
# The toolchain of this image, without the components that rust-toolchain.toml adds for contributors.
ENV RUSTUP_TOOLCHAIN=${RUST_VERSION}
RUN cargo install cargo-chef --version =0.1.78 --locked
WORKDIR /src

# What the dependencies are, without our own code: changes with the manifests alone.
FROM chef AS plan
COPY . .
RUN cargo chef prepare --recipe-path recipe.json

# Dependencies are built from that, so a change of our code leaves them in the cache.
FROM chef AS build
COPY --from=plan /src/recipe.json recipe.json
RUN cargo chef cook --release --locked --package worker-http --recipe-path recipe.json
COPY . .
RUN cargo build --release --locked --package worker-http

FROM debian:trixie-slim AS run
# Whom we speak to by https is checked against the roots of the system.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin worker \
    && install --directory --owner worker --group worker /data
COPY --from=build /src/target/release/worker-http /usr/local/bin/worker-http
# Mount a volume at /data to keep the cache of filings, and jobs and reports where there is no Supabase. It is not declared
# here: Railway refuses images that do.
ENV DATA_DIR=/data PORT=8000 LOG_FORMAT=json
WORKDIR /data
# By number, so that hosts can see that it is not root.
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=6s --start-period=15s --retries=3 CMD ["worker-http", "healthcheck"]
# Without a shell between, so that SIGTERM reaches the worker.
ENTRYPOINT ["worker-http"]
CMD ["serve"]
