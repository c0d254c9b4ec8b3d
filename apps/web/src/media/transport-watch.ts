/**
 * Tells when the way of the sound breaks off and when it carries again. A browser knows after two or three seconds without
 * an answer, WebRTC gives the connection up ten seconds later.
 */
export function watchTransports(events: { broken(): void; mended(): void }) {
  const watched = new Map<RTCIceTransport, () => void>();
  const broken = new Set<RTCIceTransport>();

  function look(ice: RTCIceTransport) {
    const before = broken.size;
    if (ice.state === 'disconnected' || ice.state === 'failed') broken.add(ice);
    // A connection that is closed is nobody's way any more.
    else broken.delete(ice);
    if (before === 0 && broken.size > 0) events.broken();
    else if (before > 0 && broken.size === 0) events.mended();
  }

  return {
    /** `transport` of a sender or a receiver; what was added before is not added again. */
    add(transport: RTCDtlsTransport | null | undefined) {
      // Not in every browser.
      const ice = transport?.iceTransport as RTCIceTransport | undefined;
      if (!ice || watched.has(ice)) return;
      const listen = () => look(ice);
      ice.addEventListener('statechange', listen);
      watched.set(ice, () => ice.removeEventListener('statechange', listen));
    },
    close() {
      for (const stop of watched.values()) stop();
      watched.clear();
    },
  };
}
