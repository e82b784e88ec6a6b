"""aws.py FOLDER ARGUMENTS...: the AWS CLI in FOLDER, run by warm.py if that runs, else here."""
import os
import socket
import sys

folder, arguments = sys.argv[1], sys.argv[2:]


def warm():
    connection = socket.socket(socket.AF_UNIX)
    try:
        connection.connect('\0' + os.environ['BED_WARM_AWS'])
    except (KeyError, OSError):
        connection.close()
        return None
    return connection


connection = warm()
if connection is None:
    os.execv(sys.executable, [sys.executable, os.path.join(folder, 'aws'), *arguments])
import json
from array import array

asked = json.dumps({'arguments': arguments, 'environment': dict(os.environ), 'folder': os.getcwd()}).encode()
streams = array('i', [0, 1, 2])
connection.sendmsg([len(asked).to_bytes(4, 'big')], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, streams)])
connection.sendall(asked)
answer = connection.recv(1)
sys.exit(answer[0] if answer else 255)
