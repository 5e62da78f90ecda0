# Chartkey as a container. Build: docker build -t chartkey .   Try it (embedded demo EHR): docker run --rm -p 127.0.0.1:3000:3000 chartkey
ARG NODE_IMAGE=node:24-bookworm-slim

# Compiles src/ to dist/ with the development dependencies, which stay in this stage.
FROM ${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --include=dev --ignore-scripts --no-audit --no-fund
COPY nest-cli.json tsconfig.json tsconfig.build.json ./
COPY scripts/bundle.mjs ./scripts/
COPY src ./src
RUN npm run build

# The packages that the server needs. TypeScript comes along as an optional peer of @nestjs/swagger, which uses it only while building.
FROM ${NODE_IMAGE} AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund && rm -rf node_modules/typescript node_modules/.bin

FROM ${NODE_IMAGE}
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 CHARTKEY_DATA_DIR=/data
WORKDIR /app
COPY --from=packages /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY package.json LICENSE ./
COPY bin ./bin
# Generated keys and the embedded database live here; owned by the user that the server runs as.
RUN mkdir /data && chown node:node /data && chmod 0700 /data
VOLUME /data
USER node
EXPOSE 3000
# Asks the server itself, so its certificate (when it serves https) is of another name than the one asked for here.
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
  CMD NODE_TLS_REJECT_UNAUTHORIZED=0 NODE_NO_WARNINGS=1 node -e "fetch((process.env.TLS_CERT_FILE ? 'https' : 'http') + '://127.0.0.1:' + process.env.PORT + '/health/live').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"
CMD ["node", "bin/chartkey.mjs", "serve"]
