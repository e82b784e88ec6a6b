import { everyFault } from '../support/every-fault';

everyFault('8.9', 0, ['scale']);
