FROM rust:1.95-bookworm AS build
WORKDIR /rinnalla
COPY . .
RUN cargo build --release --locked --bin rinnalla

FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates && rm -rf /var/lib/apt/lists/* \
    && useradd --system --create-home --home-dir /var/lib/rinnalla rinnalla
COPY --from=build /rinnalla/target/release/rinnalla /usr/local/bin/rinnalla
USER rinnalla
WORKDIR /var/lib/rinnalla
ENTRYPOINT ["rinnalla"]
