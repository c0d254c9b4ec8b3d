/* global LivekitClient */
/** A page of clients that ask nobody whether they may. Served to a browser by the tests; see `hostile-stage.ts`. */
const clients = new Map();
const roomOf = (name) => clients.get(name).room;
const engineOf = (name) => roomOf(name).engine;

let context;
function tone() {
  context ??= new AudioContext();
  const source = new OscillatorNode(context, { frequency: 440 });
  const into = new MediaStreamAudioDestinationNode(context);
  source.connect(into);
  source.start();
  return into.stream.getAudioTracks()[0];
}

function picture() {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d');
  let shade = 0;
  setInterval(() => {
    shade = (shade + 1) % 255;
    context.fillStyle = `rgb(${shade} 0 0)`;
    context.fillRect(0, 0, canvas.width, canvas.height);
  }, 50);
  return canvas.captureStream(20).getVideoTracks()[0];
}

const answerOf = (work, fine) =>
  work.then(
    () => fine,
    (error) => `refused: ${error.message}`,
  );

/** The server's refusal of the next announced track, however the client library takes it. */
const nextRefusal = (name) =>
  new Promise((resolve) => {
    engineOf(name).on('signalRequestResponse', (response) => {
      if (response.request.case === 'addTrack') resolve('refused: not allowed');
    });
  });

globalThis.hostile = {
  /** `singly` takes the newer signalling path. */
  async join(name, token, singly = '') {
    await clients.get(name)?.room.disconnect();
    const room = new LivekitClient.Room({ singlePeerConnection: singly !== '' });
    const got = [];
    const client = { room, got };
    clients.set(name, client);
    room.engine.on('tokenRefreshed', (refreshed) => {
      const claims = atob(refreshed.split('.')[1].replaceAll('-', '+').replaceAll('_', '/'));
      if (JSON.parse(claims).video.canPublish) client.tokenOfSpeaker = refreshed;
    });
    room.localParticipant.hasPermissionsToPublish = () => true;
    room.on('trackSubscribed', (track) => {
      got.push(track.kind);
      document.body.append(track.attach());
    });
    room.on('dataReceived', () => got.push('data'));
    return answerOf(room.connect(location.origin, token, { maxRetries: 0, rtcConfig: { iceServers: [] } }), 'joined');
  },
  async leaveAllBut(staying) {
    for (const [name, { room }] of clients) {
      if (name === staying) continue;
      clients.delete(name);
      await room.disconnect();
    }
    for (const sound of document.querySelectorAll('audio, video')) {
      const tracks = sound.srcObject?.getTracks() ?? [];
      if (tracks.every((track) => track.readyState === 'ended')) sound.remove();
    }
  },
  state: (name) => roomOf(name).state,
  /** The newest token it holds: LiveKit sends refreshed ones. */
  token: (name) => engineOf(name).token,
  /** The newest that was made while it was on stage. */
  tokenOfSpeaker: (name) => clients.get(name).tokenOfSpeaker,
  /** 'published' is this client's opinion; what the plane lists counts. */
  publish(name, kind, source) {
    const track = kind === 'audio' ? tone() : picture();
    const published = roomOf(name).localParticipant.publishTrack(track, { source, simulcast: false });
    return Promise.race([nextRefusal(name), answerOf(published, 'published')]);
  },
  /** Announces a microphone while it may, and holds its sound back until `fill`. */
  announce(name) {
    const engine = engineOf(name);
    const { createSender } = engine;
    return new Promise((resolve) => {
      engine.createSender = async (...rest) => {
        resolve('announced');
        await new Promise((fill) => {
          clients.get(name).fill = fill;
        });
        return createSender.apply(engine, rest);
      };
      roomOf(name)
        .localParticipant.publishTrack(tone(), { source: 'microphone' })
        .catch((error) => resolve(`refused: ${error.message}`));
    });
  },
  fill: (name) => clients.get(name).fill(),
  /** Unmutes what it has published, whoever muted it, and publishes once more. */
  async unmute(name) {
    const { localParticipant } = roomOf(name);
    for (const publication of localParticipant.trackPublications.values()) await publication.unmute().catch(() => {});
    return this.publish(name, 'audio', 'microphone');
  },
  sendData: (name) =>
    answerOf(roomOf(name).localParticipant.publishData(new Uint8Array([1, 2, 3]), { reliable: true }), 'sent'),
  rename: (name) => answerOf(roomOf(name).localParticipant.setName('Somebody else'), 'renamed'),
  received: (name) => clients.get(name).got,
  async packets(name) {
    let sum = 0;
    for (const person of roomOf(name).remoteParticipants.values()) {
      for (const { track } of person.audioTrackPublications.values()) {
        const stats = await track?.getRTCStatsReport();
        for (const entry of stats?.values() ?? []) if (entry.type === 'inbound-rtp') sum += entry.packetsReceived;
      }
    }
    return sum;
  },
};
