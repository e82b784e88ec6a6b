"""warm.py NAME FOLDER: runs the AWS CLI in FOLDER for `aws`, in a process that has loaded it already.

Loading the CLI takes over a second of processor time, and a deployment calls it twice for each manifest: to log in, and
for kubectl's token. This process loads it once and forks for each call. The copy is given what the caller has (arguments,
environment, working folder, standard streams) and runs the CLI's own main; `aws` exits with its exit code.

It listens on the abstract socket NAME and serves its own user only.
"""
import array
import gc
import json
import os
import signal
import socket
import struct
import sys
import traceback

name, folder = sys.argv[1:]
sys.path.insert(0, folder)
import awscli.clidriver  # noqa: E402

# What most calls read, so that no copy reads it again. Nothing of the environment is read before a copy has its own.
SERVICES = ('eks', 'sts', 'cloudformation', 'iam', 'secretsmanager')


def loaded():
    driver = awscli.clidriver.create_clidriver()
    loader = driver.session.get_component('data_loader')
    for data in ('endpoints', 'partitions', 'sdk-default-configuration', '_retry', 'cli'):
        loader.load_data(data)
    loader.list_available_services('service-2')
    for service in SERVICES:
        for kind in ('service-2', 'endpoint-rule-set-1', 'paginators-1', 'waiters-2'):
            try:
                loader.load_service_model(service, kind)
            except Exception:  # not every service has every kind
                pass
    return driver


def request(connection):
    """What `aws` sends: the length of the JSON and the descriptors of its streams, then the JSON."""
    size = 3 * array.array('i').itemsize
    head, ancillary, _, _ = connection.recvmsg(4, socket.CMSG_SPACE(size))
    streams = array.array('i')
    for level, kind, data in ancillary:
        if level == socket.SOL_SOCKET and kind == socket.SCM_RIGHTS:
            streams.frombytes(data[:size])
    length, = struct.unpack('!I', head)
    with connection.makefile('rb') as rest:
        return json.loads(rest.read(length)), streams


def serve(connection, driver):
    asked, streams = request(connection)
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    os.environ.clear()
    os.environ.update(asked['environment'])
    os.chdir(asked['folder'])
    sys.argv = ['aws', *asked['arguments']]
    try:
        code = driver.main(asked['arguments'])
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
    sys.stdout.flush()
    sys.stderr.flush()
    connection.sendall(bytes([code or 0]))


def main():
    # A call of a session of its own, for what is loaded at first use only.
    with open(os.devnull, 'w') as nowhere:
        sys.stdout, kept = nowhere, sys.stdout
        awscli.clidriver.create_clidriver().main(['eks', 'get-token', '--cluster-name', 'none'])
        sys.stdout = kept
    driver = loaded()
    gc.collect()
    gc.freeze()  # a copy need not look through, and so copy, what is there before it
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    listener = socket.socket(socket.AF_UNIX)
    listener.bind('\0' + name)
    listener.listen(64)
    while True:
        connection, _ = listener.accept()
        _, user, _ = struct.unpack('3i', connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))
        if user == os.getuid() and os.fork() == 0:
            try:
                listener.close()
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                serve(connection, driver)
            except BaseException:
                traceback.print_exc()
                os._exit(255)
            os._exit(0)
        connection.close()


main()
