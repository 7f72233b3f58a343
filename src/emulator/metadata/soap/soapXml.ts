import { writeXml } from '../../../base/files/writeXml.js';
import { escapedXml } from '../../../base/text/escapedXml.js';
import type { XmlNode } from '../../../base/files/xmlNode.js';

/** Elements that are written as they are. */
export class RawXml {
  constructor(readonly nodes: readonly XmlNode[]) {}
}

/** Writes values as elements: lists as repeated ones, and nothing for what is undefined. */
export function soapXml(name: string, value: unknown): string {
  if (value === undefined) return '';
  if (Array.isArray(value)) return value.map((each) => soapXml(name, each)).join('');
  if (value === null) return `<${name} xsi:nil="true"/>`;
  if (value instanceof RawXml) return value.nodes.map((node) => writeXml(node)).join('');
  if (typeof value !== 'object') return `<${name}>${escapedXml(`${value as boolean | number | string}`)}</${name}>`;
  const content = Object.entries(value).map(([key, each]) => soapXml(key, each));
  return `<${name}>${content.join('')}</${name}>`;
}

const head = '<?xml version="1.0" encoding="UTF-8"?>';
const envelope =
  '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" ' +
  'xmlns="http://soap.sforce.com/2006/04/metadata" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">';

export function soapAnswer(call: string, result: unknown): string {
  const body = `<${call}Response>${soapXml('result', result)}</${call}Response>`;
  return `${head}${envelope}<soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`;
}

export function soapFault(code: string, message: string): string {
  const fault = `<faultcode>sf:${escapedXml(code)}</faultcode><faultstring>${escapedXml(`${code}: ${message}`)}</faultstring>`;
  const body = `<soapenv:Body><soapenv:Fault>${fault}</soapenv:Fault></soapenv:Body>`;
  const space = 'xmlns:sf="http://soap.sforce.com/2006/04/metadata"';
  return `${head}<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" ${space}>${body}</soapenv:Envelope>`;
}
