// The microphone's level, and the sound of being called. One audio context, made by the press of a button.

let context = null;

function audio() {
  context ??= new (window.AudioContext || window.webkitAudioContext)();
  if (context.state === "suspended") context.resume();
  return context;
}

/** Tell `report` the loudness of a stream's microphone, 0 to 1, until the returned function is called. */
export function watchLevel(stream, report) {
  const source = audio().createMediaStreamSource(stream);
  const analyser = audio().createAnalyser();
  analyser.fftSize = 1024;
  source.connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    const loudness = Math.sqrt(samples.reduce((sum, one) => sum + one * one, 0) / samples.length);
    // -60 dB is silence, 0 dB the loudest
    report(Math.max(0, Math.min(1, 1 + Math.log10(Math.max(loudness, 0.001)) / 3)));
  }, 80);
  return () => {
    clearInterval(timer);
    source.disconnect();
  };
}

/** Two soft notes. */
export function chime() {
  if (!context) return;
  [660, 880].forEach((pitch, at) => {
    const start = audio().currentTime + at * 0.25;
    const tone = audio().createOscillator();
    const volume = audio().createGain();
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0, start);
    volume.gain.linearRampToValueAtTime(0.2, start + 0.03);
    volume.gain.exponentialRampToValueAtTime(0.001, start + 0.6);
    tone.connect(volume).connect(audio().destination);
    tone.start(start);
    tone.stop(start + 0.6);
  });
}
