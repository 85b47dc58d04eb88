const app = require('express')();
const http = require('http').createServer(app);
const io = require('socket.io')(http);

const TRACKING = 'http://delivery-tracking:8080';

io.on('connection', (socket) => {
  socket.on('say', (text) => {
    socket.emit('say', text.includes('where') ? 'in a van, I think' : 'I am a parcel');
  });
});

http.listen(3000);
