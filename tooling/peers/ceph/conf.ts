/** What a cluster of one node needs to know. */
export interface ClusterPlan {
  readonly folder: string;
  readonly id: string;
  readonly monitorPort: number;
  readonly gatewayPort: number;
  /** Of akm. */
  readonly kmipPort: string;
  /** With `ca.pem`, `cert.pem` and `key.pem` of the gateway. */
  readonly certificates: string;
}

/**
 * `ceph.conf` of the smallest cluster: one monitor, one storage daemon that keeps everything in memory, pools without
 * copies, no authentication among the daemons, and a gateway that asks akm for its keys.
 */
export function cephConf(plan: ClusterPlan): string {
  const { folder, certificates } = plan;
  return `[global]
fsid = ${plan.id}
mon host = [v2:127.0.0.1:${plan.monitorPort}]
mon initial members = a
public addr = 127.0.0.1
cluster addr = 127.0.0.1
auth cluster required = none
auth service required = none
auth client required = none
ms mon client mode = crc
run dir = ${folder}
crash dir = ${folder}
log file = ${folder}/$name.log
admin socket = ${folder}/$name.asok
pid file =
mon data = ${folder}/mon
mon data avail warn = 1
mon data avail crit = 1
mon allow pool size one = true
osd data = ${folder}/osd
osd objectstore = memstore
memstore device bytes = 1073741824
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 1
osd pool default pgp num = 1
osd pool default pg autoscale mode = off
osd crush chooseleaf type = 0

[client.rgw]
rgw data = ${folder}
rgw frontends = beast endpoint=127.0.0.1:${plan.gatewayPort}
rgw crypt require ssl = false
rgw crypt s3 kms backend = kmip
rgw crypt kmip addr = 127.0.0.1:${plan.kmipPort}
rgw crypt kmip ca path = ${certificates}/ca.pem
rgw crypt kmip client cert = ${certificates}/cert.pem
rgw crypt kmip client key = ${certificates}/key.pem
`;
}
