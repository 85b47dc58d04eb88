const checks = ['https://quillmere.example/healthz', 'https://api.quillmere.example/checkout/healthz'];

async function look() {
  const answers = await Promise.allSettled(checks.map((url) => fetch(url, { mode: 'no-cors' })));
  const bad = answers.filter((answer) => answer.status === 'rejected').length;
  document.querySelector('h1').textContent = bad ? `${bad} of ${checks.length} have trouble` : 'All systems normal';
}

setInterval(look, 60_000);
look();
