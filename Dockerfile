# One image for service and worker: mingcha serve | mingcha worker
FROM node:20-bookworm-slim AS build
WORKDIR /srv/mingcha
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build && npm prune --omit=dev

FROM node:20-bookworm-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends chromium-headless-shell fonts-noto-cjk fonts-wqy-zenhei tini \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /srv/mingcha
COPY --from=build /srv/mingcha/package.json ./
COPY --from=build /srv/mingcha/node_modules node_modules
COPY --from=build /srv/mingcha/dist dist
COPY --from=build /srv/mingcha/apps/console apps/console
COPY --from=build /srv/mingcha/classifiers/rulepacks classifiers/rulepacks
COPY --from=build /srv/mingcha/libs/persistence/migrations libs/persistence/migrations
COPY --from=build /srv/mingcha/libs/evidence/warc/bundle libs/evidence/warc/bundle
RUN mkdir /data && chown node:node /data
USER node
ENV NODE_ENV=production MINGCHA_DATA=/data HOST=0.0.0.0 PORT=8720
VOLUME /data
EXPOSE 8720
ENTRYPOINT ["tini", "--", "node", "dist/apps/cli/main.js"]
CMD ["serve"]
