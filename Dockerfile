# The one program, built once, in an image that holds nothing else.
FROM rust:1.95-bookworm AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/usr/local/cargo/registry --mount=type=cache,target=/src/target \
    cargo build --release --locked --bin rinnalla && cp target/release/rinnalla /rinnalla

FROM debian:bookworm-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates curl tzdata \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --create-home --home-dir /var/lib/rinnalla rinnalla \
    && install -d -o rinnalla -m 0700 /var/lib/rinnalla/keys
COPY --from=build /rinnalla /usr/local/bin/rinnalla
USER rinnalla
WORKDIR /var/lib/rinnalla
ENV KEY_FILE=/var/lib/rinnalla/keys/key LISTEN=0.0.0.0:8000 LOG_FORMAT=json
EXPOSE 8000
ENTRYPOINT ["rinnalla"]
CMD ["api"]
