import { everyFault } from '../support/every-fault';

everyFault('8.10-zones-reversed', 0, ['switch']);
