# A server: the indexer, its API and the explorer in one process. The steps are those of docs/run-book.md, sections 1 and 4,
# which a test follows; test/dockerfile.test.ts compares them.
#
#   docker build --tag tributary .
#   docker run --env RPC_URL=https://one.example/…,https://another.example/… --publish 127.0.0.1:4000:4000 \
#     --volume ./deployments:/etc/tributary:ro --volume tributary:/var/lib/tributary tributary
FROM debian:trixie-slim AS build
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates nodejs npm
WORKDIR /home/deployer/tributary
COPY . .
RUN npm ci
RUN npm run build:server

FROM debian:trixie-slim
RUN useradd --system --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin tributary
RUN install -d -m 700 -o tributary -g tributary /var/lib/tributary
COPY --from=build /home/deployer/tributary/server /opt/tributary
USER tributary
WORKDIR /opt/tributary
VOLUME /var/lib/tributary
EXPOSE 4000
ENTRYPOINT ["/opt/tributary/node_modules/.bin/node", "indexer/main.ts"]
CMD ["index", "--deployment", "/etc/tributary/84532.json", "--folder", "/var/lib/tributary", "--port", "4000", "--host", "0.0.0.0"]
