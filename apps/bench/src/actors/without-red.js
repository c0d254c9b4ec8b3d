// Runs in a page before its own scripts: this browser does not know redundant sound (RED), so nobody sends it any.
(() => {
  const { prototype } = RTCPeerConnection;
  const strip = (description) => {
    if (!description?.sdp) return description;
    const numbers = [...description.sdp.matchAll(/^a=rtpmap:(\d+) red\/48000.*$/gm)].map(([, number]) => number);
    const lines = description.sdp.split('\r\n').flatMap((line) => {
      if (numbers.some((number) => new RegExp(`^a=(rtpmap|fmtp|rtcp-fb):${number} `).test(line))) return [];
      if (!line.startsWith('m=audio')) return [line];
      const [head, ...payloads] = [line.split(' ').slice(0, 3).join(' '), ...line.split(' ').slice(3)];
      return [[head, ...payloads.filter((number) => !numbers.includes(number))].join(' ')];
    });
    return { type: description.type, sdp: lines.join('\r\n') };
  };
  const { setRemoteDescription, createOffer } = prototype;
  prototype.setRemoteDescription = function (description) {
    return setRemoteDescription.call(this, strip(description));
  };
  prototype.createOffer = async function (...options) {
    return strip(await createOffer.apply(this, options));
  };
})();
