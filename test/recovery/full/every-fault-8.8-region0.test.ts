import { everyFault } from '../support/every-fault';

everyFault('8.8', 0);
