import { everyFault } from '../support/every-fault';

everyFault('8.10-zones', 1, ['switch']);
