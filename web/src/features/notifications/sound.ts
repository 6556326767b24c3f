/** The audio of the page, made at the first gesture after somebody asked for it: before one, a browser plays nothing. */
let audio: AudioContext | undefined;

export function unlock(): void {
  audio ??= new AudioContext();
  if (audio.state === 'suspended') void audio.resume();
}

/** At which the two tones begin, in seconds, and how high they are. */
const TONES = [[0, 740], [0.18, 554]] as const;
const LASTS = 0.32;

/** Two falling tones, quiet enough for a living room. Answers whether they could be played. */
export function chime(): boolean {
  if (audio?.state !== 'running') return false;
  for (const [begins, pitch] of TONES) {
    const at = audio.currentTime + begins;
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0, at);
    volume.gain.linearRampToValueAtTime(0.2, at + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.001, at + LASTS);
    tone.connect(volume).connect(audio.destination);
    tone.start(at);
    tone.stop(at + LASTS);
  }
  return true;
}
