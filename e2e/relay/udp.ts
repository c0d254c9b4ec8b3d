import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

export type UdpRelay = {
  /** Packets passed so far, both ways. */
  passed(): number;
  /** Nothing passes any more from or to these ports of people's browsers. */
  cut(ports: ReadonlySet<number>): void;
  /** Packets that did not pass since the cut. */
  dropped(): number;
  mend(): void;
  close(): Promise<void>;
};

/** A cable for UDP: passes what comes to `ip` on to the same port of 127.0.0.1, each sender by a socket of its own. */
export async function openUdpRelay(options: { ip: string; port: number }): Promise<UdpRelay> {
  const { ip, port } = options;
  const near = createSocket('udp4');
  const far = new Map<number, Socket>();
  let cutOff: ReadonlySet<number> = new Set();
  let passed = 0;
  let dropped = 0;

  function passes(sender: number): boolean {
    if (cutOff.has(sender)) dropped += 1;
    else passed += 1;
    return !cutOff.has(sender);
  }

  function farOf(sender: { port: number; address: string }): Socket {
    let socket = far.get(sender.port);
    if (!socket) {
      socket = createSocket('udp4');
      socket.on('message', (packet) => {
        if (passes(sender.port)) near.send(packet, sender.port, sender.address);
      });
      socket.on('error', () => {});
      far.set(sender.port, socket);
    }
    return socket;
  }

  near.on('error', () => {});
  near.on('message', (packet, sender) => {
    if (passes(sender.port)) farOf(sender).send(packet, port, '127.0.0.1');
  });
  near.bind(port, ip);
  await once(near, 'listening');

  return {
    passed: () => passed,
    cut(ports) {
      dropped = 0;
      cutOff = ports;
    },
    dropped: () => dropped,
    mend() {
      cutOff = new Set();
    },
    async close() {
      for (const socket of far.values()) socket.close();
      near.close();
      await once(near, 'close');
    },
  };
}
