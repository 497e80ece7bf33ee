using Orkestra.CommandLine;
using Orkestra.Lambda;

return OrkestraLambda.IsRunning ? await OrkestraLambda.RunAsync(OrderFunctions.Add) : await OrkestraHost.RunAsync<PlaceOrder>(args);
