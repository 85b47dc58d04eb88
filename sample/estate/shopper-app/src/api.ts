const base = 'https://api.quillmere.example/mobile';

export async function home(token: string) {
  const response = await fetch(`${base}/home`, { headers: { authorization: `Bearer ${token}` } });
  if (response.status === 426) throw new Error('please update');
  return response.json();
}
