#!/usr/bin/python3
"""Opens a page in headless Chromium and does what a script on standard input says.

    test/browser.py CHROMIUM PAGE <script

A line of the script is a command: "size WIDTH HEIGHT", "paper WIDTH HEIGHT" (as printed, to look at), "dark" or "light", "key NAME",
"click SELECTOR", "eval EXPRESSION" (printed as JSON, awaited), "run FILE" (a script, of which
nothing is printed), "files EXPRESSION" (waits until so many CSV files are downloaded), "shot FILE [SELECTOR]" (of the whole
page, or of an element), "print FILE" (as PDF), "wait MILLISECONDS".  Errors of the page and what its console says come
at the end, a line each, as "console: ...", and requests to a network as "request: ...".

The browser's protocol goes through a pipe, so that this needs no port and no library.
"""
import base64
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time


class Browser:
    def __init__(self, chromium, profile):
        # Chromium reads from its file 3 and writes to its file 4
        read_commands, self.commands = os.pipe()
        self.answers, write_answers = os.pipe()
        os.set_inheritable(read_commands, True)
        os.set_inheritable(write_answers, True)
        line = [chromium, '--headless=new', '--disable-gpu', '--hide-scrollbars', '--no-first-run', '--disable-extensions', '--disable-background-networking',
                '--disable-component-update', '--disable-sync', '--no-sandbox', '--disable-dev-shm-usage', '--remote-debugging-pipe', '--user-data-dir=' + profile]
        shell = 'exec "$@" 3<&%d 4>&%d' % (read_commands, write_answers)
        self.process = subprocess.Popen(['/bin/bash', '-c', shell, 'chromium'] + line, pass_fds=(read_commands, write_answers),
                                        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=dict(os.environ, HOME=profile))
        os.close(read_commands)
        os.close(write_answers)
        self.number = 0
        self.rest = b''
        self.session = None
        self.said = []
        self.requests = []

    def message(self):
        while b'\0' not in self.rest:
            more = os.read(self.answers, 1 << 20)
            if not more:
                sys.exit('the browser has ended')
            self.rest += more
        text, self.rest = self.rest.split(b'\0', 1)
        message = json.loads(text)
        method, values = message.get('method'), message.get('params', {})
        if method == 'Runtime.exceptionThrown':
            details = values['exceptionDetails']
            self.said.append(details.get('exception', {}).get('description') or details['text'])
        elif method == 'Runtime.consoleAPICalled':
            self.said.append(' '.join(str(a.get('value', a.get('description'))) for a in values['args']))
        elif method == 'Log.entryAdded':
            self.said.append(values['entry']['text'])
        elif method == 'Network.requestWillBeSent' and not values['request']['url'].startswith(('file:', 'data:', 'blob:')):
            self.requests.append(values['request']['url'])
        return message

    def call(self, method, **values):
        self.number += 1
        command = {'id': self.number, 'method': method, 'params': values}
        if self.session:
            command['sessionId'] = self.session
        os.write(self.commands, json.dumps(command).encode() + b'\0')
        while True:
            message = self.message()
            if message.get('id') == self.number:
                if 'error' in message:
                    sys.exit('%s: %s' % (method, message['error']['message']))
                return message['result']

    def evaluate(self, expression):
        result = self.call('Runtime.evaluate', expression=expression, awaitPromise=True, returnByValue=True, userGesture=True)
        if 'exceptionDetails' in result:
            return 'error: ' + result['exceptionDetails'].get('exception', {}).get('description', result['exceptionDetails']['text'])
        return result['result'].get('value')

    def settle(self):
        # two frames, so that what depends on sizes is drawn
        self.evaluate('new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 50))))')


def main():
    chromium, page = sys.argv[1:3]
    profile = tempfile.mkdtemp(prefix='battery-browser.')
    browser = Browser(chromium, profile)
    try:
        target = browser.call('Target.createTarget', url='about:blank')['targetId']
        browser.session = browser.call('Target.attachToTarget', targetId=target, flatten=True)['sessionId']
        for domain in ('Page', 'Runtime', 'Log', 'Network'):
            browser.call(domain + '.enable')
        browser.call('Browser.setDownloadBehavior', behavior='allow', downloadPath=os.getcwd())
        browser.call('Emulation.setDeviceMetricsOverride', width=1440, height=900, deviceScaleFactor=1, mobile=False)
        browser.call('Page.navigate', url='file://' + os.path.abspath(page))
        for _ in range(3000):
            if browser.evaluate('document.readyState') == 'complete':
                break
            time.sleep(0.1)
        browser.settle()
        for line in sys.stdin:
            word, _, rest = line.rstrip('\n').partition(' ')
            if word in ('', '#'):
                continue
            if word in ('size', 'paper'):
                width, height = map(int, rest.split())
                browser.call('Emulation.setEmulatedMedia', media='print' if word == 'paper' else '')
                browser.call('Emulation.setDeviceMetricsOverride', width=width, height=height, deviceScaleFactor=1, mobile=width < 600)
            elif word in ('dark', 'light'):
                browser.call('Emulation.setEmulatedMedia', features=[{'name': 'prefers-color-scheme', 'value': word}])
            elif word == 'key':
                code = {'Enter': 13, 'Tab': 9, 'Escape': 27, 'ArrowRight': 39, 'ArrowDown': 40, 'End': 35}[rest]
                text = {'text': '\r'} if rest == 'Enter' else {}
                browser.call('Input.dispatchKeyEvent', type='keyDown', key=rest, code=rest, windowsVirtualKeyCode=code, **text)
                browser.call('Input.dispatchKeyEvent', type='keyUp', key=rest, code=rest, windowsVirtualKeyCode=code)
            elif word == 'click':
                selector = json.dumps(rest)
                box = browser.evaluate('(() => { const e = document.querySelector(%s); if (!e) return null; e.scrollIntoView({block: "center", behavior: "instant"});'
                                       'const b = e.getBoundingClientRect(); return [b.x + b.width / 2, b.y + b.height / 2]; })()' % selector)
                if not box:
                    sys.exit('nothing to click: ' + rest)
                browser.call('Input.dispatchMouseEvent', type='mouseMoved', x=box[0], y=box[1])
                for kind in ('mousePressed', 'mouseReleased'):
                    browser.call('Input.dispatchMouseEvent', type=kind, x=box[0], y=box[1], button='left', clickCount=1)
            elif word == 'eval':
                print(json.dumps(browser.evaluate(rest), ensure_ascii=False))
            elif word == 'run':
                with open(rest, encoding='utf-8') as script:
                    browser.evaluate(script.read() + ';0')
            elif word == 'files':
                # one has its name once it is whole
                wanted = browser.evaluate(rest)
                for _ in range(600):
                    if sum(name.endswith('.csv') for name in os.listdir()) >= wanted:
                        break
                    time.sleep(0.1)
            elif word == 'shot':
                name, _, selector = rest.partition(' ')
                box = browser.evaluate('(() => { const b = document.querySelector(%s).getBoundingClientRect(); return [b.x + scrollX, b.y + scrollY, b.width, b.height]; })()'
                                       % json.dumps(selector or 'html'))
                picture = browser.call('Page.captureScreenshot', format='png', captureBeyondViewport=True,
                                       clip={'x': box[0], 'y': box[1], 'width': box[2], 'height': box[3], 'scale': 1})
                with open(name, 'wb') as out:
                    out.write(base64.b64decode(picture['data']))
            elif word == 'print':
                pages = browser.call('Page.printToPDF', printBackground=False, preferCSSPageSize=True)
                with open(rest, 'wb') as out:
                    out.write(base64.b64decode(pages['data']))
            elif word == 'wait':
                time.sleep(int(rest) / 1000)
            else:
                sys.exit('no such command: ' + word)
            browser.settle()
        for text in browser.said:
            print('console: ' + text.replace('\n', ' '))
        for url in browser.requests:
            print('request: ' + url)
    finally:
        browser.process.kill()
        browser.process.wait()
        shutil.rmtree(profile, ignore_errors=True)


main()
