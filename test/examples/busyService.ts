import { SyncService } from 'sf-plugin-loyalty/sync';

Object.defineProperty(SyncService.prototype, 'canPush', { get: () => false });
