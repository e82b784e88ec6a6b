import { everyFault } from '../support/every-fault';

everyFault('8.7', 1);
