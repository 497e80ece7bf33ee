using Orkestra.CommandLine;
using Orkestra.Lambda;

return OrkestraLambda.IsRunning ? await OrkestraLambda.RunAsync(WatchFunctions.Add) : await OrkestraHost.RunAsync<Watch>(args);
