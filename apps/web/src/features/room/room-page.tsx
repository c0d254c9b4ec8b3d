import { Trans, useLingui } from '@lingui/react/macro';
import { type PersonCard, RoomId } from '@salotto/contract';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { DoorClosed } from 'lucide-react';
import { type ReactNode, Suspense, useEffect, useRef, useState } from 'react';
import { laterPart } from '../../new-build.ts';
import { usePageTitle } from '../../page-title.ts';
import { query } from '../../rpc.ts';
import { Button, buttonLook, EmptyState, useWide, Wait } from '../../ui/index.ts';
import { useUpdates } from '../../updates/index.ts';
import { AudienceList, AudienceSections } from './audience.tsx';
import { ChatButton } from './chat/chat-button.tsx';
import { PinnedLinkCard } from './chat/pinned-link.tsx';
import { ReactionBar } from './chat/reaction-bar.tsx';
import { ChatProvider, useNewChat } from './chat/use-chat.ts';
import { leaveCurrentRoom } from './current-room.ts';
import { enterRoom } from './enter-room.ts';
import { useHand } from './hand-button.tsx';
import { useHandOrderNotice } from './hand-order.tsx';
import { HandsQueue, HandsSheet } from './hands.tsx';
import { useMicrophoneToggle } from './held.ts';
import { LobbyList } from './lobby-list.tsx';
import { MeasuredLine } from './measured-line.tsx';
import { MicrophoneSheet } from './microphone-sheet.tsx';
import { OfferCard } from './offer-card.tsx';
import { PersonSheet } from './person-sheet.tsx';
import { RoomAnnouncer } from './room-announcer.tsx';
import { RoomControls } from './room-controls.tsx';
import { RoomHeader, RoomTitle } from './room-header.tsx';
import { RoomLines } from './room-lines.tsx';
import { GuestLeft, RoomOut } from './room-out.tsx';
import { ownAbilities, ownSeat } from './room-state.ts';
import { SoundSheet } from './sound-sheet.tsx';
import { Stage } from './stage.tsx';
import { LeaveFirst } from './switch-question.tsx';
import { TurnNotice } from './turn-notice.tsx';
import { RoomProvider, useCurrentRoom, useRoom } from './use-room.ts';
import { useRoomKeys } from './use-room-keys.ts';
import { useIsGuest, WayOutProvider } from './way-out.tsx';

const ShortcutsSheet = laterPart(
  async () => (await import('./shortcuts-sheet.tsx')).ShortcutsSheet,
  () => null,
);

const ChatPanel = laterPart(
  async () => (await import('./chat/chat-panel.tsx')).ChatPanel,
  () => null,
);

type Props = {
  roomId: string;
  /** Of guests: what is offered in the place of the hallway. */
  wayOut?: ReactNode;
};

/** One room: opening it enters it and plays. Somebody who is on stage elsewhere is asked first. */
export function RoomPage({ roomId, wayOut }: Props) {
  return (
    <WayOutProvider value={wayOut}>
      <Entered roomId={roomId} />
    </WayOutProvider>
  );
}

function Entered({ roomId: address }: Pick<Props, 'roomId'>) {
  const guest = useIsGuest();
  const updates = useUpdates();
  const current = useCurrentRoom();
  const parsed = RoomId.safeParse(address);
  const roomId = parsed.data ?? null;
  const navigate = useNavigate();
  const [agreed, setAgreed] = useState<string | null>(null);
  const [entered, setEntered] = useState<string | null>(null);
  const elsewhere = current && current.roomId !== roomId && ownSeat(current.state()) ? current : null;
  const asks = elsewhere !== null && agreed !== roomId;
  const here = roomId !== null && current?.roomId === roomId;
  if (here && entered !== roomId) setEntered(roomId);
  // From the page, the lock screen or a headset.
  const left = current === null && roomId !== null && entered === roomId;

  useEffect(() => {
    if (roomId && !asks) enterRoom(roomId, updates);
  }, [roomId, asks, updates]);
  useEffect(() => {
    if (left && !guest) void navigate({ to: '/' });
  }, [left, guest, navigate]);

  if (!roomId) return <BadAddress />;
  if (asks) {
    const other = { roomId: elsewhere.roomId, title: elsewhere.state().room?.title ?? '' };
    return <LeaveFirst other={other} onAgree={() => setAgreed(roomId)} />;
  }
  if (left && guest && roomId) {
    return (
      <GuestLeft
        onAgain={() => {
          setEntered(null);
          enterRoom(roomId, updates);
        }}
      />
    );
  }
  if (!here) return <Opening />;
  return (
    <RoomProvider value={current}>
      <RoomAnnouncer model={current} />
      <RoomScreen />
    </RoomProvider>
  );
}

function Opening({ unreachable }: { unreachable?: boolean }) {
  const guest = useIsGuest();
  return (
    <main className="grid flex-1 place-content-center justify-items-center gap-4">
      <Wait>
        {unreachable ? <Trans>The server can’t be reached. Trying again…</Trans> : <Trans>Opening the room…</Trans>}
      </Wait>
      {/* It must not open later, while another page is shown. */}
      {guest ? (
        <Button onClick={() => void leaveCurrentRoom()}>
          <Trans>Cancel</Trans>
        </Button>
      ) : (
        <Link to="/" className={buttonLook()} onClick={() => void leaveCurrentRoom()}>
          <Trans>Back to the hallway</Trans>
        </Link>
      )}
    </main>
  );
}

function BadAddress() {
  return (
    <main className="grid flex-1 place-items-center">
      <EmptyState
        level="h1"
        icon={<DoorClosed size={28} strokeWidth={1.7} />}
        title={<Trans>No room behind this door</Trans>}
        action={
          <Link to="/" className={buttonLook({ kind: 'primary' })}>
            <Trans>Back to the hallway</Trans>
          </Link>
        }
      >
        <Trans>The address may be mistyped, or the room is long over.</Trans>
      </EmptyState>
    </main>
  );
}

function RoomScreen() {
  const navigate = useNavigate();
  const phase = useRoom((state) => state.phase);
  const unreachable = useRoom((state) => state.unreachable);
  const title = useRoom((state) => state.room?.title);
  const connection = useRoom((state) => state.connection.name);

  usePageTitle(title);
  useEffect(() => {
    if (phase === 'left') void navigate({ to: '/' });
  }, [phase, navigate]);

  return (
    <div className="flex flex-1 flex-col wide:min-h-0" data-room data-phase={phase} data-connection={connection}>
      {phase === 'in' ? (
        <LiveRoom />
      ) : phase === 'joining' || phase === 'left' ? (
        <Opening unreachable={unreachable} />
      ) : (
        <RoomOut phase={phase} />
      )}
    </div>
  );
}

function LiveRoom() {
  const { t } = useLingui();
  const toggleMicrophone = useMicrophoneToggle();
  const wide = useWide();
  const hand = useHand();
  useHandOrderNotice();
  const client = useQueryClient();
  const [person, setPerson] = useState<{ id: string; found?: PersonCard | undefined } | null>(null);
  const showPerson = (id: string, found?: PersonCard) => setPerson({ id, found });
  const [handsOpen, setHandsOpen] = useState(false);
  // Null: not wanted so far.
  const [help, setHelp] = useState<boolean | null>(null);
  const [soundOpen, setSoundOpen] = useState(false);
  const openSound = () => setSoundOpen(true);
  const onStage = useRoom((state) => ownSeat(state) !== undefined);
  const moderate = useRoom((state) => ownAbilities(state).moderate);
  const chat = useNewChat();
  const [chatOpen, setChatOpen] = useState<boolean | null>(null);
  const chatButton = useRef<HTMLButtonElement>(null);

  function closePerson() {
    setPerson(null);
    // Somebody who was found may be gone, or on stage, by what was done in the sheet.
    if (person?.found) void client.invalidateQueries({ queryKey: query.room.searchAudience.key() });
  }

  function showChat(open: boolean) {
    setChatOpen(open);
    if (!open && wide) chatButton.current?.focus();
  }

  useRoomKeys({
    onMicrophone: toggleMicrophone,
    onHand: () => (onStage ? setHandsOpen(true) : hand.toggle()),
    onChat: () => showChat(!chatOpen),
    onHelp: () => setHelp(true),
  });

  return (
    <ChatProvider value={chat}>
      <div className="flex flex-1 wide:grid wide:min-h-0 wide:grid-cols-[minmax(0,1fr)_340px] wide:grid-rows-1">
        <div className="flex min-w-0 flex-1 flex-col wide:min-h-0 wide:overflow-y-auto">
          <RoomHeader onShortcuts={() => setHelp(true)} onSound={openSound} />
          <main className="flex-1">
            <div className="mx-auto max-w-[41rem] wide:max-w-[45rem]">
              <RoomLines onSound={openSound} />
              {moderate && <LobbyList />}
              <div className="px-4 pt-2 pb-6 wide:px-12">
                <RoomTitle />
                <PinnedLinkCard />
                <Stage onPerson={showPerson} />
                <MeasuredLine />
                <AudienceSections onPerson={showPerson} searched={!wide || chatOpen === true} />
              </div>
            </div>
          </main>
          <section aria-label={t`Taking part`} className="sticky bottom-0 z-10">
            <OfferCard onSound={openSound} />
            <TurnNotice />
            <div className="reactions">
              <ChatButton ref={chatButton} open={chatOpen === true} onToggle={() => showChat(!chatOpen)} />
              <ReactionBar />
            </div>
            <RoomControls
              onLeave={() => void leaveCurrentRoom()}
              onHands={() => setHandsOpen(true)}
              handsShown={wide && !chatOpen}
            />
          </section>
        </div>
        {wide && !chatOpen && <SideColumn onStage={onStage} onPerson={showPerson} />}
        <Suspense>{chatOpen !== null && <ChatPanel wide={wide} open={chatOpen} onOpenChange={showChat} />}</Suspense>
        <Suspense>{help !== null && <ShortcutsSheet open={help} onOpenChange={setHelp} />}</Suspense>
        <HandsSheet open={handsOpen && onStage} onOpenChange={setHandsOpen} onPerson={showPerson} />
        <PersonSheet participationId={person?.id ?? null} found={person?.found} onClose={closePerson} />
        <MicrophoneSheet onSound={openSound} />
        <SoundSheet open={soundOpen} onOpenChange={setSoundOpen} />
      </div>
    </ChatProvider>
  );
}

type SideProps = { onStage: boolean; onPerson: (participationId: string, found?: PersonCard) => void };

function SideColumn({ onStage, onPerson }: SideProps) {
  return (
    <aside className="min-h-0 overflow-y-auto border-l border-line px-6 py-5">
      {onStage && (
        <>
          <h2 className="mb-3 text-xl">
            <Trans>Raised hands</Trans>
          </h2>
          <HandsQueue onPerson={onPerson} />
        </>
      )}
      <h2 className={`mb-3 text-xl ${onStage ? 'mt-8' : ''}`}>
        <Trans>Audience</Trans>
      </h2>
      <AudienceList onPerson={onPerson} />
    </aside>
  );
}
