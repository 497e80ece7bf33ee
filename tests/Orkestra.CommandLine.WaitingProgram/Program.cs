using Orkestra.CommandLine;
using Orkestra.CommandLine.WaitingProgram;

return await OrkestraHost.RunAsync<Waiting>(args);
