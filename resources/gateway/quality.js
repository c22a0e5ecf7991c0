// How good the line is, from what the browser counts (W3C webrtc-stats), in the clinic's four words.

const WORDS = ["excellent", "good", "fair", "poor"];
/** Worst loss (share) and round trip (s) of a word; beyond the last it is poor. */
const LIMITS = [
  { loss: 0.01, roundTrip: 0.2 },
  { loss: 0.03, roundTrip: 0.4 },
  { loss: 0.08, roundTrip: 0.8 },
];
const REMEMBERED = 4;
const PICTURE_OFF = { loss: 0.15, seconds: 6 };
const PICTURE_BACK = { loss: 0.05, seconds: 10 };
const LONGEST_REST = 120;

/** What a report says, as numbers since the connection began. */
export function counts(report) {
  const found = { received: 0, lost: 0, bytes: 0, frames: 0, upLoss: 0, roundTrip: 0 };
  for (const one of report.values()) {
    if (one.type === "inbound-rtp") {
      found.received += one.packetsReceived || 0;
      found.lost += Math.max(0, one.packetsLost || 0);
      found.frames += one.framesDecoded || 0;
    } else if (one.type === "remote-inbound-rtp") {
      found.upLoss = Math.max(found.upLoss, one.fractionLost || 0);
      found.roundTrip = Math.max(found.roundTrip, one.roundTripTime || 0);
    } else if (one.type === "candidate-pair" && one.nominated) {
      found.bytes += one.bytesReceived || 0;
      found.roundTrip = Math.max(found.roundTrip, one.currentRoundTripTime || 0);
    }
  }
  return found;
}

/** The word for a loss and a round trip. */
export function word(loss, roundTrip) {
  const at = LIMITS.findIndex((limit) => loss <= limit.loss && roundTrip <= limit.roundTrip);
  return WORDS[at === -1 ? WORDS.length - 1 : at];
}

/** Word of the last seconds, steady enough to read, and whether the line can carry the own picture. */
export class Quality {
  #last = null;
  #recent = [];
  #bad = 0;
  #fine = 0;
  #rest = PICTURE_BACK.seconds;
  picture = true;

  /** Take the counts of one more second; returns the word. */
  add(now) {
    const before = this.#last || now;
    this.#last = now;
    const received = Math.max(0, now.received - before.received);
    const lost = Math.max(0, now.lost - before.lost);
    const down = received + lost ? lost / (received + lost) : 0;
    this.#weigh(Math.max(now.upLoss, down));
    this.#recent.push(WORDS.indexOf(word(Math.max(down, now.upLoss), now.roundTrip)));
    if (this.#recent.length > REMEMBERED) this.#recent.shift();
    const sorted = [...this.#recent].sort((one, other) => one - other);
    return WORDS[sorted[Math.floor(sorted.length / 2)]];
  }

  /** Forget what was before: another connection counts anew. */
  restart() {
    this.#last = null;
    this.#bad = this.#fine = 0;
  }

  #weigh(loss) {
    if (this.picture) {
      this.#bad = loss > PICTURE_OFF.loss ? this.#bad + 1 : 0;
      if (this.#bad < PICTURE_OFF.seconds) return;
      this.picture = false;
      this.#fine = 0;
    } else {
      this.#fine = loss < PICTURE_BACK.loss ? this.#fine + 1 : 0;
      if (this.#fine < this.#rest) return;
      this.picture = true;
      this.#bad = 0;
      // a line that breaks down again is given longer to recover
      this.#rest = Math.min(this.#rest * 2, LONGEST_REST);
    }
  }
}
