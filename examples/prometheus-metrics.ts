/** A service that reads a feed and is watched by Prometheus, until SIGTERM: `GET /metrics` on port 9464. */
import { metrics } from '@opentelemetry/api';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { LoyaltyClient } from 'sf-plugin-loyalty';
import { loadMapping, openFeed, recordSyncMetrics, SqliteOutbox, SyncService } from 'sf-plugin-loyalty/sync';

const { ORG_URL = '', CLIENT_ID = '', CLIENT_SECRET = '', PROGRAM = '', OUTBOX = '' } = process.env;
const { FEED = '', MAPPING = '', METRICS_PORT = '9464' } = process.env;

const exporter = new PrometheusExporter({ host: '127.0.0.1', port: Number(METRICS_PORT) });
metrics.setGlobalMeterProvider(new MeterProvider({ readers: [exporter] }));

const client = await LoyaltyClient.connect({ instanceUrl: ORG_URL, clientId: CLIENT_ID, clientSecret: CLIENT_SECRET });
const mapping = await loadMapping(MAPPING);
await using outbox = await SqliteOutbox.open(OUTBOX);
// The outbox of the service itself: another connection to the same file would have to read it again at each scrape.
using _recording = await recordSyncMetrics({ outbox });
const service = await SyncService.open({ client, program: PROGRAM, outbox, source: mapping.source });
process.once('SIGTERM', () => void service.drain());
await service.feed(await openFeed(FEED, mapping));
await service.ended.finally(() => exporter.shutdown());
