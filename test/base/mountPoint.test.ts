import { expect } from 'chai';
import { isMountPoint } from '../../src/base/files/mountPoint.js';

const table = String.raw`26 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
42 26 254:0 /var/till.sqlite /data/till.sqlite rw,relatime - ext4 /dev/vda rw
43 26 254:0 /var/my\040till.sqlite /data/my\040till.sqlite rw - ext4 /dev/vda rw
`;

describe('a mount point', () => {
  it('is what something is mounted at, also with blanks in its path', () => {
    expect(isMountPoint('/data/till.sqlite', table)).to.equal(true);
    expect(isMountPoint('/data/my till.sqlite', table)).to.equal(true);
  });

  it('is neither what is mounted, nor something in or above it', () => {
    for (const path of ['/var/till.sqlite', '/data', '/data/till.sqlite-wal', ''])
      expect(isMountPoint(path, table), path).to.equal(false);
  });

  it('is not known where the system tells nothing', () => {
    expect(isMountPoint('/data/till.sqlite', '')).to.equal(false);
  });
});
