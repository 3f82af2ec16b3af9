# For users. The suite does not build it.
FROM node:20-bookworm-slim AS node

FROM rust:1.95-bookworm AS build
# Debian's own Node.js is older than what the build needs.
COPY --from=node /usr/local/bin/node /usr/local/bin/node
COPY --from=node /usr/local/lib/node_modules /usr/local/lib/node_modules
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm
WORKDIR /source
COPY . .
ENV TRADEPOST_CACHE=/cache
RUN scripts/release && mkdir /product && cp -r target/release/tradepost target/release/site /product/

FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates && rm -rf /var/lib/apt/lists/* \
  && useradd --system --create-home --home-dir /srv/tradepost tradepost
WORKDIR /srv/tradepost
COPY --from=build /product /opt/tradepost
USER tradepost
VOLUME /srv/tradepost/data
ENV TRADEPOST_ADDRESS=0.0.0.0:3000
EXPOSE 3000
ENTRYPOINT ["/opt/tradepost/tradepost"]
CMD ["serve"]
