import { expect } from 'chai';
import JSZip from 'jszip';
import { readZip } from '../../../src/emulator/metadata/components/zipFiles.js';

type Files = Readonly<Record<string, Buffer | string>>;

function zipped(files: Files, compression: 'DEFLATE' | 'STORE' = 'DEFLATE'): Promise<Buffer> {
  const zip = new JSZip();
  for (const [path, content] of Object.entries(files)) zip.file(path, content, { createFolders: false });
  return zip.generateAsync({ type: 'nodebuffer', compression });
}

/** Writes a number into the only entry of the directory of a zip file. @param offset of a field of 4 bytes */
function withEntry(zip: Buffer, offset: number, value: number): Buffer {
  const entry = zip.indexOf(Buffer.from('PK\x01\x02', 'latin1'));
  zip.writeUInt32LE(value, entry + offset);
  return zip;
}

async function refusalOf(zip: Buffer): Promise<string> {
  const error: unknown = await readZip(zip).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return error instanceof Error ? error.message : 'none';
}

const text = 'Pier and quay. '.repeat(20);

describe('The zip file of a deploy', () => {
  it('is read with its folders, umlauts, empty files and bytes, packed or not', async () => {
    const files = { 'package.xml': text, './objects/Größe.object': 'ß', 'a/empty': '', 'a/b': Buffer.from([0, 255]) };
    for (const compression of ['DEFLATE', 'STORE'] as const) {
      const read = await readZip(await zipped(files, compression));
      expect([...read.keys()].sort()).to.deep.equal(['a/b', 'a/empty', 'objects/Größe.object', 'package.xml']);
      expect(read.get('package.xml')?.toString()).to.equal(text);
      expect(read.get('a/b')).to.deep.equal(Buffer.from([0, 255]));
    }
  });

  const checksum = 16;
  const size = 24;
  const refused: Record<string, [make: () => Promise<Buffer>, message: string]> = {
    'whose checksum is wrong': [
      async () => withEntry(await zipped({ 'package.xml': text }), checksum, 7),
      'package.xml has not the checksum that its directory says',
    ],
    'in which one byte of a stored file has changed': [
      async () => {
        const zip = await zipped({ 'package.xml': text }, 'STORE');
        return zip.fill('x', zip.indexOf('quay'), zip.indexOf('quay') + 1);
      },
      'package.xml has not the checksum that its directory says',
    ],
    'that has more in it than it says': [
      async () => withEntry(await zipped({ 'package.xml': text }), size, 10),
      'package.xml cannot be decompressed',
    ],
    'that has less in it than it says': [
      async () => withEntry(await zipped({ 'package.xml': text }), size, 10_000),
      'package.xml has not the size that its directory says',
    ],
    'with gigabytes': [
      async () => withEntry(await zipped({ 'package.xml': text }), size, 4_000_000_000),
      'The zip file has more than 419430400 bytes in its files',
    ],
    'that ends too early': [
      async () => (await zipped({ 'package.xml': text })).subarray(0, -30),
      'it has no directory',
    ],
    'that lacks its beginning': [async () => (await zipped({ a: text })).subarray(20), 'its directory is broken'],
    'of nothing': [() => Promise.resolve(Buffer.alloc(0)), 'The ZipFile is not a valid zip file: it has no directory'],
    'with a path to a folder above': [() => zipped({ 'a/../../b': '' }), 'has the path "a/../../b"'],
    'with a path from the root': [() => zipped({ '/etc/x': '' }), 'has the path "/etc/x"'],
    'with a path of Windows': [() => zipped({ 'a\\b': '' }), 'has the path "a\\\\b"'],
    'with a path twice': [() => zipped({ './a': '1', a: '2' }), 'it has a more than once'],
    'of more files than a deploy may have': [
      () => zipped(Object.fromEntries(Array.from({ length: 10_001 }, (_, index) => [`f/${index}`, ''])), 'STORE'),
      'The zip file has more than 10000 files',
    ],
  };
  for (const [what, [make, message]] of Object.entries(refused)) {
    it(`is refused: one ${what}`, async () => {
      expect(await refusalOf(await make())).to.contain(message);
    });
  }
});
