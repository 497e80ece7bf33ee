using Orkestra.CommandLine;

return await OrkestraHost.RunAsync<HelloOrkestra>(args);
