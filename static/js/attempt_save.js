// One request with the answers of a batch (item → form entries). A lost connection is status 0.
export async function postAnswers(address, batch) {
  const entries = [...batch.values()].flat();
  const [writer] = entries.filter(([name]) => name === "writer");
  const others = entries.filter(([name]) => name !== "writer");
  try {
    const answer = await fetch(address, {
      method: "POST",
      body: new URLSearchParams(writer ? [writer, ...others] : others),
      headers: {
        Accept: "application/json",
        "X-Fragment": "1",
        "X-CSRFToken": document.querySelector('meta[name="csrf-token"]').content,
      },
      keepalive: true,
    });
    return { status: answer.status, body: await answer.json().catch(() => ({})) };
  } catch {
    return { status: 0, body: {} };
  }
}
