import { expect } from 'vitest';

/** The fault switches of the demo's lab: JARVIS_FAULTS is their address, JARVIS_FAULTS_TOKEN their token. */
const address = process.env['JARVIS_FAULTS'];
const token = process.env['JARVIS_FAULTS_TOKEN'] ?? '';

/** Whether there is a lab that can be broken. */
export const breakable = address !== undefined;

/** Turns a fault on (`POST`) or off; the name may carry a query that says where. */
export async function fault(method: 'POST' | 'DELETE', name: string): Promise<void> {
  const reply = await fetch(`${address ?? ''}/faults/${name}`, { method, headers: { Authorization: `Bearer ${token}` } });
  expect(reply.status).toBe(200);
}
