// Runs in a page before its own scripts: what arrives of the sound, by the browser's own count.
(() => {
  const connections = [];
  const Peer = globalThis.RTCPeerConnection;
  globalThis.RTCPeerConnection = class extends Peer {
    constructor(...options) {
      super(...options);
      connections.push(this);
    }
  };
  /** Of the voice that has arrived most: the codec it comes in, and packets so far. */
  globalThis.soundReceived = async () => {
    const found = [];
    for (const connection of connections) {
      const report = await connection.getStats();
      for (const entry of report.values()) {
        if (entry.type !== 'inbound-rtp' || entry.kind !== 'audio') continue;
        const {
          packetsReceived: arrived,
          packetsLost: lost,
          retransmittedPacketsReceived: again = 0,
          bytesReceived: bytes,
        } = entry;
        found.push({ codec: report.get(entry.codecId)?.mimeType ?? '', arrived, lost, again, bytes });
      }
    }
    return found.sort((a, b) => b.arrived - a.arrived)[0] ?? { codec: '', arrived: 0, lost: 0, again: 0, bytes: 0 };
  };
})();
