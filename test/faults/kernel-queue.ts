/** What the kernel holds of a TCP connection on this machine: sent and not received, received and not read. Linux. */
import { readFileSync } from 'node:fs';

/**
 * Bytes between two ports of 127.0.0.1 that neither program has any more or yet; 0 where the kernel does not tell.
 *
 * @param from the port that sends
 * @param to the port that receives
 */
export function bytesInKernel(from: number, to: number): number {
  let table: string;
  try {
    table = readFileSync('/proc/net/tcp', 'utf8');
  } catch {
    return 0;
  }
  let bytes = 0;
  for (const line of table.split('\n').slice(1)) {
    // sl local_address rem_address st tx_queue:rx_queue …, see proc_net_tcp.txt of the kernel's documentation.
    const [, local = '', remote = '', , queues = ''] = line.trim().split(/\s+/);
    const [unsent, unread] = queues.split(':').map((hex) => parseInt(hex, 16));
    if (portOf(local) === from && portOf(remote) === to) bytes += unsent;
    if (portOf(local) === to && portOf(remote) === from) bytes += unread;
  }
  return bytes;
}

const portOf = (address: string): number => parseInt(address.split(':')[1] ?? '', 16);
