"""What is made before the measurement by the register's own acts."""

import json

from . import machine


class Acts:
    """What one coordinator does; each act is answered, or the measurement ends."""

    def __init__(self, server, token, about):
        self.server, self.token, self.about, self.count = server, token, about, 0

    def do(self, act, selection, told):
        self.count += 1
        kind = act[0].upper() + act[1:] + "Input"
        query = f"mutation($input: {kind}!) {{ {act}(input: $input) {{ {selection} userErrors {{ code }} }} }}"
        body = {"query": query, "variables": {"input": {"idempotencyKey": f"bench-{self.about}-{self.count}", **told}}}
        answer = json.loads(self.server.send(f"POST\t/graphql\t{self.token}\t{json.dumps(body)}"))
        done = (answer.get("data") or {}).get(act)
        if not done or done["userErrors"]:
            machine.fail(f"{act} was refused: {answer}")
        return done
